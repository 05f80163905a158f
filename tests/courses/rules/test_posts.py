from courses.rules.posts import unknown_posts

KNOWN = {"运营", "设计", "直播", "店铺运营"}


def test_known_posts_are_not_named():
    assert unknown_posts(["运营", "设计"], known=KNOWN) == []


def test_an_unknown_one_is_named_with_those_like_it():
    assert unknown_posts(["设汁", "直播", "法务"], known=KNOWN) == [
        ("设汁", ("设计",)),
        ("法务", ()),
    ]


def test_where_no_post_is_known_none_is_like_it():
    assert unknown_posts(["运营"], known=set()) == [("运营", ())]
