"""What was heard in a message, as staff read it, with the shape of its chip."""

from duecourse.interfaces.chip import Kind

LABELS: dict[str, tuple[str, Kind]] = {
    "vulnerability": ("Vulnerable", "care"), "hardship": ("Things are hard", "care"), "stop_contact": ("Stop", "hold"),
    "wrong_person": ("Wrong person", "hold"), "insolvency": ("Insolvency", "hold"), "attorney_or_represented": ("Represented", "hold"),
    "dispute": ("Something is wrong", "dispute"), "complaint": ("Complaint", "dispute"), "already_paid": ("Says it is paid", "hand"),
    "promise_to_pay": ("Promise", "hand"), "request_plan": ("Asks for time", "hand"), "never_received_invoice": ("No invoice", "hand"),
    "remittance_info": ("Remittance", "hand"), "update_contact_details": ("New details", "hand"), "callback_request": ("Call them", "hand"),
    "question": ("Question", "hand"), "out_of_office": ("Automatic reply", ""), "other": ("Read it", ""),
}  # fmt: skip
