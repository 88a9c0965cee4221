from kanban_hub.web.chart.spark import HEIGHT, WIDTH, spark


def test_a_spark_stays_in_its_box_and_marks_its_end() -> None:
    made = spark([0, 5, 10, 0], "full containers")
    assert made.last == (WIDTH - 2, HEIGHT - 2)
    assert made.path == "M2.0 22.0L32.7 12.0L63.3 2.0L94.0 22.0"


def test_values_that_are_all_nothing_lie_at_the_foot() -> None:
    assert spark([0, 0], "").path == "M2.0 22.0L94.0 22.0"
