"""The middle floor: units, policy, people, the register of stations and whether they live. It knows nothing of HTTP."""
