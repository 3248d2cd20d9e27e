"""`python -m nnlab`: the playground without a browser."""

from nnlab.commands import main

if __name__ == "__main__":
    main(prog_name="python -m nnlab")
