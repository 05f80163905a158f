from kit.qr import qr_svg


def test_qr_is_a_bare_svg_without_outside_addresses():
    svg = qr_svg("https://train.example.cn/verify/7ZK4M0Q9V2XH6T1D8RBW3CNEFJ/")

    assert svg.startswith("<svg")
    assert "width=" not in svg.split(">")[0]
    assert "http" not in svg
