"""The words of headings that name a person, and of headings that only look like it. Terms are parted by commas.

Vietnamese is written with its marks for the reader; headings are compared without them, but for MARKED_THINGS.
"""

from typing import Final

# Where one of these stands, the column may hold a person's name, number or contact.
PERSONAL: Final = """
    csh, tên csh, mã csh, cshd, tên cshd, sở hữu chung, thành viên,
    chủ, thông tin chủ, danh sách chủ, chusd, csdd, tên csd, csd tên, mã csd, họ tên csd, thông tin csd,
    địa chỉ csd, nsd, nsdđ, chủ quản lý, người, đồng sở hữu, chủ đồng sở hữu, đồng sử dụng, đứng tên, vợ chồng,
    ông bà, hộ ông, hộ bà, tên ông, tên bà, tên vợ, tên chồng, cá nhân, tên hộ gia đình, tên hộ sử dụng, họ tên,
    họ và tên, họ đệm, tên đệm, thành viên hộ, gcn tên, tên gcn, tên trên, đại diện, bên bán, bên mua, bên giao,
    bên nhận, bên thuê, bên cho thuê, bên chuyển nhượng, khách hàng, tên khách, quốc tịch, giới tính, dân tộc,
    hôn nhân, quê quán, nguyên quán, nơi sinh, ngày sinh, năm sinh, ngày tháng năm sinh,
    cccd, cmnd, cmtnd, cmt, căn cước, chứng minh, số chứng minh, định danh, số định danh, mã định danh, hộ chiếu,
    số hộ chiếu, gplx, bằng lái, bhxh, bhyt, số bảo hiểm, mã bảo hiểm, thẻ bảo hiểm, giấy tờ tùy thân,
    giấy tờ nhân thân, số giấy tờ, mã số thuế, mst, tài khoản, hộ khẩu, số hộ khẩu, thường trú, nơi thường trú,
    địa chỉ thường trú, tạm trú, nơi tạm trú, địa chỉ tạm trú, chỗ ở, nơi ở, địa chỉ liên hệ, địa chỉ chủ,
    điện thoại, sđt, số đt, đtdđ, di động, số di động, thư điện tử, zalo, liên hệ, liên lạc,
    own, owner, primary owner, name of owner, owner name, ownr, ownership, holder, holders, title holder,
    certificate holder, shareholder, proprietor, landlord, landlady, land user, lessee, lessor, tenant, occupant,
    occupier, taxpayer, grantee, grantor, buyer, seller, purchaser, vendor, heir, full name, full nm, first name,
    last name, middle name, given name, family name, surname, fname, lname, person name, client name, customer,
    person in charge, spouse, husband, wife, citizen, nationality, national id, personal id, id card, identity card,
    passport, tax id, tax code, birth date, date of birth, birthday, dob, phone, phones, telephone, tel, mobile,
    cellphone, cell phone, email, e mail, contact person, contact name, contact phone, contact mail
"""

# These say it only where they are the whole heading, but for numbers.
PERSONAL_ALONE: Final = """
    ông, bà, vợ, chồng, tên hộ, csd, bên a, bên b, bena, benb, choo, id number, id no
"""

# These also say it in the middle of a longer word, whatever stands around them.
PERSONAL_INSIDE: Final = """
    chusudung, chusohuu, chusdd, chuhodat, nguoisudung, nguoisohuu, nguoisdd, dongsohuu, hovaten, tennsd, cancuoc,
    dienthoai, owner, proprietor, passport, telephone
"""

# Things that hold a word of the above; the longest term that fits decides.
THINGS: Final = """
    chu vi, chú thích, chú giải, chú ý, ghi chú, bằng chữ, chữ viết, chữ cái, chủ đề, chủ trương, chủ yếu, chủ đạo,
    chủ lực, chu kỳ, chu trình, chủ đầu tư, chủ quản, chủ trương đầu tư, chủ nhật, số người, mật độ người,
    người lớn, người đi bộ, người khuyết tật, người cao tuổi, người ở, người ha, người km, lượt người,
    sức chứa người, giá người, giá vé người, mỗi người, người dân, người nước ngoài, tên hồ sơ, số hộ,
    định danh thửa, định danh đối tượng, định danh khu, chỗ ô tô, chỗ oto, tên trên bản đồ, địa chỉ, thông tin,
    danh sách, giấy tờ, hotel, hostel, motel, telecom, mobile home, land use
"""

# With these marks it is another word: hồ a lake, ống a pipe, chữ a letter, chồng lấn an overlap.
MARKED_THINGS: Final = """
    hồ, ống, vỏ, võ, chống, chồng lấn, chồng lớp, chùa, chưa, chú, chữ
"""

# Words that say nothing here, but part what is written without blanks: TENCHUSDD, SONHACHU.
OTHERS: Final = """
    tên, mã, số, hộ, họ, địa, chỉ, danh, sách, thông, tin, loại, đất, thửa, nhà, tờ, ngày, tháng, năm, nơi, gcn,
    gcnqsdd, qsdd, sdd, sd, sử, dụng, sở, hữu, tài, sản, giấy, diện, tích, đầu, tư, mới, cũ, hiện, tại, trước, sau,
    chính, phụ, liên, hệ, chùa, chưa, chung, cư, chức, năng, chuyển, chuyên, chuẩn, nhượng, được, cấp, nhận, kê,
    khai, nộp, thừa, kế, mua, bán, thuê, ghi, txt, str, col, fld, cur, prop, property, plot, parcel, prior, co,
    current, registered, primary, land, name, names, nm, no, num, number, addr, address, code, type, title, first,
    second, of, the, certificate, lease, right, cert
"""
