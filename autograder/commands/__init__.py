"""What each command does between the parsed options and the program: progress, places, tables, exit codes."""
