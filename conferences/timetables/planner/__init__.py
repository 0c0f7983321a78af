"""From wishes and availability to a whole school's timetable. Nothing here knows Django or a model.

`problem` says what is asked and what a plan is, `scoring` what a plan costs, `child` has one made in a process of its own.
Only that process imports numba and OR-Tools (`solving`, `repairing`, `annealing`, `model`): a web process never does.
"""
