import pytest

pytestmark = pytest.mark.django_db


def test_theme_is_remembered_and_drawn_by_the_server(client):
    answer = client.post("/theme/", {"theme": "dark", "next": "/accounts/login/"})

    assert answer.headers["Location"] == "/accounts/login/"
    assert b'data-bs-theme="dark"' in client.get("/accounts/login/").content


@pytest.mark.parametrize("theme", ["", "pink", '"><script>'])
def test_an_unknown_theme_changes_nothing(client, theme):
    answer = client.post("/theme/", {"theme": theme})

    assert "theme" not in answer.cookies
    assert b'data-bs-theme="system"' in client.get("/accounts/login/").content


@pytest.mark.parametrize("path", ["/theme/", "/language/"])
@pytest.mark.parametrize("back", ["//evil.example/", "https://evil.example/", "javascript:go()"])
def test_a_foreign_way_back_is_refused(client, path, back):
    answer = client.post(path, {"theme": "dark", "language": "en", "next": back})

    assert answer.headers["Location"] == "/"


def test_language_is_switched_and_said_in_the_page(client):
    client.post("/language/", {"language": "en"})
    english = client.get("/accounts/login/").content
    client.post("/language/", {"language": "zh-hans"})
    chinese = client.get("/accounts/login/").content

    assert (b'lang="en"' in english, b'<html lang="zh-Hans"' in chinese) == (True, True)


@pytest.mark.parametrize("path", ["/theme/", "/language/"])
def test_looking_at_a_setting_changes_nothing(client, path):
    assert client.get(path).status_code == 405


def test_large_type_is_remembered_on_every_page(client):
    answer = client.post("/type-size/", {"size": "large", "next": "/pc/"})

    assert (answer.url, answer.cookies["type_size"].value) == ("/pc/", "large")
    assert all(
        'data-type="large"' in client.get(path).content.decode()
        for path in ("/accounts/login/", "/pc/")
    )


def test_the_size_goes_back_to_normal_and_unknown_sizes_change_nothing(client):
    client.post("/type-size/", {"size": "large"})
    unknown = client.post("/type-size/", {"size": "huge"})
    client.post("/type-size/", {"size": "normal"})

    assert "type_size" not in unknown.cookies
    assert "data-type" not in client.get("/pc/").content.decode()
