"""Any JSON that a request or a file can hold."""

from hypothesis import strategies as st

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
ANY = st.recursive(
    SCALARS,
    lambda each: (
        st.lists(each, max_size=4) | st.dictionaries(st.text(max_size=6), each, max_size=4)
    ),
    max_leaves=8,
)
