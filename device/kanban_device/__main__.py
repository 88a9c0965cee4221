"""`python -m kanban_device` is `kanban-station`."""

from kanban_device.main import main

main()
