"""The fields of reports, demonstration agencies and who gets what; and a history nobody can rewrite."""

from django.db import migrations

# code, Vietnamese, English, layers whose objects it usually concerns, sensitive (never on the public map).
FIELDS = [
    ("building-order", "Trật tự xây dựng", "Building order", ["parcels", "zones", "land-use", "buildings", "projects"], False),
    ("urban-order", "Trật tự đô thị", "Urban order", ["parcels", "buildings", "roads", "projects", "places"], False),
    ("city-beauty", "Mỹ quan thành phố", "City beauty", ["roads", "green", "water", "places", "buildings"], False),
    ("encroachment", "Lấn chiếm lòng, lề đường", "Encroachment of roads and pavements", ["roads", "parcels", "places", "prices"], False),
    ("traffic-safety", "An toàn giao thông", "Traffic safety", ["roads", "places"], False),
    ("public-order", "Trật tự công cộng", "Public order", ["places", "roads"], True),
    ("environment", "Môi trường", "Environment", ["water", "green", "places", "parcels", "zones", "roads"], False),
    ("food-safety", "An toàn vệ sinh thực phẩm", "Food safety", ["places"], False),
    ("market-prices", "Giá cả thị trường", "Market prices", ["places"], False),
    ("culture", "Văn hóa", "Culture", ["places"], False),
    ("tourism", "Du lịch", "Tourism", ["places"], False),
    ("forest-protection", "Quản lý và bảo vệ rừng", "Forest management and protection", ["green", "land-use", "zones", "parcels"], False),
    ("other", "Lĩnh vực khác", "Other", [], False),
]  # fmt: skip

# Invented for the demonstration city; an administrator edits them.
AGENCIES = [
    ("reception", "Tổ tiếp nhận phản ánh (minh họa)", "Reception team (demonstration)"),
    ("urban-order", "Đội Quản lý trật tự đô thị (minh họa)", "Urban order team (demonstration)"),
    ("construction", "Phòng Quản lý xây dựng (minh họa)", "Construction office (demonstration)"),
    ("public-safety", "Công an thành phố (minh họa)", "City police (demonstration)"),
    ("environment", "Phòng Môi trường (minh họa)", "Environment office (demonstration)"),
    ("health", "Phòng Y tế (minh họa)", "Health office (demonstration)"),
    ("market", "Đội Quản lý thị trường (minh họa)", "Market control team (demonstration)"),
    ("tourism", "Phòng Văn hóa và Du lịch (minh họa)", "Culture and tourism office (demonstration)"),
    ("forest", "Hạt Kiểm lâm (minh họa)", "Forest rangers (demonstration)"),
]
DEFAULT_AGENCY = "reception"

RULES = {
    "building-order": "construction",
    "urban-order": "urban-order",
    "city-beauty": "urban-order",
    "encroachment": "urban-order",
    "traffic-safety": "public-safety",
    "public-order": "public-safety",
    "environment": "environment",
    "food-safety": "health",
    "market-prices": "market",
    "culture": "tourism",
    "tourism": "tourism",
    "forest-protection": "forest",
}

APPEND_ONLY = """
CREATE FUNCTION desk_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the history of reports is append-only'; END $$;
CREATE TRIGGER desk_reportevent_append_only BEFORE UPDATE OR DELETE ON desk_reportevent
FOR EACH ROW EXECUTE FUNCTION desk_refuse_change();
"""
REWRITABLE = """
DROP TRIGGER desk_reportevent_append_only ON desk_reportevent;
DROP FUNCTION desk_refuse_change();
"""


def fill(apps, schema_editor):
    Field, Agency, RoutingRule = (apps.get_model("desk", name) for name in ("Field", "Agency", "RoutingRule"))
    fields = {
        code: Field.objects.create(
            code=code, name_vi=vi, name_en=en, layers=layers, sensitive=sensitive, order=10 * position
        )
        for position, (code, vi, en, layers, sensitive) in enumerate(FIELDS, start=1)
    }
    agencies = {
        code: Agency.objects.create(code=code, name_vi=vi, name_en=en, is_default=code == DEFAULT_AGENCY)
        for code, vi, en in AGENCIES
    }
    for field, agency in RULES.items():
        RoutingRule.objects.create(field=fields[field], agency=agencies[agency])


class Migration(migrations.Migration):
    dependencies = [("desk", "0001_initial")]
    operations = [
        migrations.RunSQL(APPEND_ONLY, REWRITABLE),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
