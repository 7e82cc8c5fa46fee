"""What is read of lifecycle: the register, one model as of two dates, cases and their dossiers, promises."""
