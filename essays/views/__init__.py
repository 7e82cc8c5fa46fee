"""The pages of columns and essays. A view loads for its viewer, shows a form, calls one command."""
