def test_numbers_of_numpy_become_plain_ones():
    import numpy as np

    for value in (np.float64(0.5), np.int64(3), np.bool_(True)):
        msgspec.msgpack.encode(shown(value))
    assert type(shown(np.float64(0.5))) is float
