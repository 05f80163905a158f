from exams.queries.theory import theory_result

__all__ = ["theory_result"]
