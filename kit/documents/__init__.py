"""Reading Word, PowerPoint and pasted HTML into plain parts; nothing is fetched from outside."""
