"""The kinds of issues the planning layers know beside those of the import itself."""

from django.utils.translation import gettext_lazy as _

from tiles.ingest.issues import Kind, register

KINDS = (
    # Parcels
    Kind("parcel-numbered-twice", "warning", "supplier", _(
        "Row %(row)s: parcel %(code)s has the same ward, sheet and number as the published parcel %(other)s. "
        "Searches will offer both; correct one of them."
    )),
    Kind("parcel-outside-wards", "warning", "planner", _(
        "Row %(row)s: parcel %(named)s lies in no ward. Check its outline; if its ward is not published yet, "
        "publish it and receive the file again."
    )),
    Kind("parcels-overlap", "warning", "supplier", _(
        "Row %(row)s overlaps row %(other)s on %(area_m2)s m². Ask the cadastral office which limit is right."
    )),
    Kind("area-differs", "note", "supplier", _(
        "Row %(row)s: the registered area is %(registered_m2)s m², the outline measures %(measured_m2)s m². "
        "Compare it with the certificate."
    )),
    Kind("lineage-still-there", "warning", "supplier", _(
        "Row %(row)s says that parcel %(old)s became %(new)s, but %(old)s is still in the file. "
        "Take out the one that is wrong."
    )),
    Kind("lineage-leads-nowhere", "warning", "supplier", _(
        "Row %(row)s: parcel %(old)s became %(new)s, which is not in the file. Correct the new code."
    )),
    Kind("former-parcel-without-step", "warning", "supplier", _(
        "Row %(row)s: parcel %(code)s of before ends on %(until)s, but no split, merger or new number of the day after "
        "says what became of it. Correct its last day, or add the change to the table BienDongThua."
    )),
    # Plans
    Kind("plan-facts-missing", "warning", "supplier", _(
        "Dataset %(dataset)s came without the plan's limit, decision and dates; the limit was drawn around its areas. "
        "Ask for the table RanhGioiQuyHoach_A."
    )),
    Kind("plan-twice", "error", "supplier", _(
        "The delivery holds %(count)s plans. Send one plan a delivery."
    )),
    Kind("zones-overlap", "warning", "supplier", _(
        "Row %(row)s overlaps row %(other)s of the same plan on %(area_m2)s m². "
        "Both uses will be shown there; ask the design institute which one holds."
    )),
    Kind("zone-gap", "note", "supplier", _(
        "The plan draws nothing on %(area_m2)s m² inside its limit. Ask the design institute whether this is meant."
    )),
    Kind("zone-outside-plan", "warning", "supplier", _(
        "Row %(row)s lies outside the plan's limit on %(area_m2)s m². Correct the area or the limit."
    )),
    Kind("line-without-road", "warning", "planner", _(
        "Row %(row)s: no published road called “%(name)s” lies within 60 m of this line, so what it cuts off cannot "
        "be measured. Publish the road or correct the name, then receive the plan again."
    )),
    Kind("corridor-without-width", "warning", "supplier", _(
        "Row %(row)s: the corridor “%(name)s” states no width, so it cannot be measured. Fill in column beRong."
    )),
    # Prices
    Kind("street-unknown", "error", "supplier", _(
        "Row %(row)s: no road is called “%(street)s” from “%(from)s” to “%(to)s”; alike is %(alike)s. "
        "Correct the name, or publish the road first."
    )),
    Kind("price-negative", "error", "supplier", _(
        "Row %(row)s: the price of position %(position)s is %(price)s đ/m²; expected above 0. "
        "Correct column %(column)s."
    )),
    Kind("price-later-dearer", "warning", "planner", _(
        "Row %(row)s: position %(position)s costs %(price)s đ/m², more than position %(before)s "
        "with %(price_before)s đ/m². It is kept as written; compare it with the decision."
    )),
    Kind("price-rule-incomplete", "error", "supplier", _(
        "Row %(row)s: a rule of the kind “%(rule)s” needs a value in %(columns)s. Fill it in from the decision."
    )),
    # Time
    Kind("in-force-order", "error", "supplier", _(
        "Row %(row)s ends on %(until)s, before it begins on %(from)s. Correct the dates."
    )),
)  # fmt: skip

register(*KINDS)
