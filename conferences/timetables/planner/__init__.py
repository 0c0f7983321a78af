"""From wishes and availability to a whole school's timetable. Nothing here knows Django or a model.

`problem` defines the question and a plan, `scoring` what a plan costs, `child` runs the planner in a process of its
own. Only that process imports numba and OR-Tools (`solving`, `repairing`, `annealing`, `model`): a web process never
does.
"""
