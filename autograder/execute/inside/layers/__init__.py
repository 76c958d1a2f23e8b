"""What holds a student's process: one file per mechanism of the kernel, each with what it is for."""
