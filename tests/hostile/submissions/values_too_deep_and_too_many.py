"""Returns values that are deep, endless in themselves, or many."""

# limits: tight
# levels: A  # the level makes no difference to it

# %% initialize_parameters_zeros
deep = []
for _ in range(100_000):
    deep = [deep]
def initialize_parameters_zeros(d):
    return {"W1": deep}

# %% initialize_parameters_random
ring = {}
ring["W1"] = [ring, (ring,)]
self = []
self.append(self)
def initialize_parameters_random(d):
    return {**ring, "b1": self}

# %% initialize_parameters_he
many = {f"W{i}": None for i in range(120_000)}
def initialize_parameters_he(d):
    return many
