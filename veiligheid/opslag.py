"""Static files with a fingerprint in their name, also where one script names another."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StatischeOpslag(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # it comes without types
    """Rewrites the imports of a script module too: the module that it names has a fingerprint as well."""

    support_js_module_import_aggregation = True
