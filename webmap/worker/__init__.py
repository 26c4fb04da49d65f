"""Do what was put on the queue: the bodies of jobs, and the process that runs them."""
