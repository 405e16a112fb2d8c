"""How each verb of history is taken back: by the verb that does the opposite, as a new line that names the old one.

`INVERSES` put back what was done; `CONSEQUENCES` what came with another act of the same unit of work, after everything
else, and they never refuse. A new verb needs a line in one of them.
"""

from annotator.services.inverses import drafts, record
from annotator.services.inverses.lines import Inverse, annotation_of

INVERSES = {**record.INVERSES, **drafts.INVERSES}
CONSEQUENCES = {**record.CONSEQUENCES, **drafts.CONSEQUENCES}

__all__ = ["CONSEQUENCES", "INVERSES", "Inverse", "annotation_of"]
