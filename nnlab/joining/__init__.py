"""How people find each other: codes, nicknames, and cells that a spreadsheet does not compute."""
