"""One thread for matrix products, as in media processes: small ones only wait for each other on several."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
