"""A patient's diary as a FHIR R4 bundle: what was answered, what was measured, what was worn. Never a diagnosis."""
