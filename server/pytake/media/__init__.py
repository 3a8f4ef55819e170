"""Files that messages carry: fetched from Meta, kept, shown, and sent."""
