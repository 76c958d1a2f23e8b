"""Returns numbers and arrays of every odd kind: huge, not finite, structured, masked, foreign."""

# answers: two
# earns: 20
# levels: A  # the level makes no difference to it

# %% initialize_parameters_he
import fractions, decimal
odd = [10**4000, float("nan"), 1j, np.longdouble(2), np.datetime64("now"), np.ma.masked, np.array([{}, None]), np.zeros(2, "i4,f8"), fractions.Fraction(1, 3),
       decimal.Decimal("nan"), np.zeros((2, 3), ">f8"), np.array(["x" * 1000]), np.zeros((0, 5)), np.float64, np.matrix([1]), memoryview(b"x"), b"\xff", ..., slice(1)]
count = 0
def initialize_parameters_he(d):
    global count
    count += 1
    return {f"{k}{l}": odd[(count + l) % len(odd)] for l in range(1, len(d)) for k in "Wb"}
