"""Names of people, where there is no room for them."""


def initials(name: str) -> str:
    """At most three capitals to stand for a name: "Ada Lovelace" is AL, "Chair" is Ch, "Vice-chair" is VC."""
    words = [word for word in name.replace("-", " ").split() if word[0].isalnum()]
    if not words:
        return "?"
    if len(words) == 1:
        return words[0][:2].title()
    if words[0].lower() == "member" and len(words) == 2:
        return words[1][:3]
    return "".join(word[0] for word in words[:3]).upper()
