"""Prints, warns and displays what it is asked while it is asked."""

# answers: two
# earns: 20
# levels: A  # the level makes no difference to it

# %% initialize_parameters_zeros
def initialize_parameters_zeros(d):
    import sys, warnings
    print("asked", d); print("asked", d, file=sys.stderr); warnings.warn(f"asked {d}"); display(d)
    return {f"{k}{l}": np.zeros((d[l], d[l - 1] if k == "W" else 1)) for l in range(1, len(d)) for k in "Wb"}
