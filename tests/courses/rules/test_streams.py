from courses.rules.streams import media_ids


def test_the_files_of_all_streams_are_found_once():
    body = [
        {"type": "paragraph", "value": "<p>字</p>"},
        {"type": "image", "value": {"media": 3}},
        {"type": "video", "value": {"media": 4}},
        {"type": "file", "value": {"media": None}},
    ]

    assert media_ids(body, [{"type": "audio", "value": {"media": 3}}], []) == {3, 4}
