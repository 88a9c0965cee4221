"""Cards to print: an ordinary one, and those that leave no room."""

from kanban_hub.paper.card import Face, Words

WORDS = Words(
    "20 pieces", "Loop bracket", "", "", "Container empty? Scan this card.", "It belongs to assembly."
)
BRACKET = Face("bracket-0003", "bracket", "Bracket, left", 20, "Paint shop", "Final assembly", WORDS)
HOSTILE = Face(
    f"{'w' * 32}-123456", "w" * 32, "<script>alert('x')</script>&" + "W" * 60, 10**8, "W" * 80, "<b>" * 30,
    Words(f"{10**8} pieces", f"Loop {'w' * 32}", "lot " + "W" * 80, "One-time card", "W" * 200, "W" * 200),
)  # fmt: skip
CHINESE = Face("a-0001", "a", "左侧支架" * 12, 20, "喷漆车间" * 8, "总装车间" * 8, WORDS)
FACES = {"bracket": BRACKET, "hostile": HOSTILE, "chinese": CHINESE}
ADDRESS = "http://kanban.plant.example:8080"
