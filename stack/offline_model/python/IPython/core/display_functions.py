"""Display values: the functions display, update_display and clear_output, and the handle of a display."""

import uuid


def publish_display_data(data, metadata=None, *, transient=None, update=False, **_):
    """Send a MIME bundle to the front end. The display id is sent in the metadata: the tool has no field for it."""
    from offline_model import host

    metadata = dict(metadata or {})
    display_id = (transient or {}).get("display_id")
    if display_id is not None:
        metadata["display_id"] = display_id
        if update:
            metadata["update"] = True
    host.call("display", data=data, **({"metadata": metadata} if metadata else {}))


def display(
    *objs,
    include=None,
    exclude=None,
    metadata=None,
    transient=None,
    display_id=None,
    raw=False,
    clear=False,
    **kwargs,
):
    """Display values in all their representations.

    Return a DisplayHandle if a display id is passed (``True`` creates one), else None. Raise TypeError for an update without
    a display id.
    """
    from offline_model.formatters import format_value

    update = kwargs.pop("update", False)
    transient = dict(transient or {})
    if display_id is not None:
        display_id = _new_display_id() if display_id is True else display_id
        transient["display_id"] = display_id
    if update and display_id is None:
        raise TypeError("display_id required for update_display")
    if clear:
        clear_output(wait=True)
    for obj in objs:
        if raw:
            data, data_metadata = obj, {}
        else:
            data, data_metadata = format_value(obj, include, exclude)
            if not data:
                continue
        publish_display_data(data, {**data_metadata, **(metadata or {})}, transient=transient, update=update)
    return DisplayHandle(display_id) if display_id is not None else None


def update_display(obj, *, display_id, **kwargs):
    """Replace the outputs that have this display id."""
    display(obj, display_id=display_id, update=True, **kwargs)


def clear_output(wait=False):
    """Clear the cell's outputs: immediately, or with ``wait`` when the next output arrives."""
    from offline_model import host

    host.call("display", data={}, metadata={"clear_output": True, "wait": bool(wait)})


class DisplayHandle:
    """A handle with which a displayed output can be updated."""

    def __init__(self, display_id=None):
        self.display_id = _new_display_id() if display_id is None else display_id

    def __repr__(self):
        return f"<{type(self).__name__} display_id={self.display_id}>"

    def display(self, obj, **kwargs):
        display(obj, display_id=self.display_id, **kwargs)

    def update(self, obj, **kwargs):
        update_display(obj, display_id=self.display_id, **kwargs)


def _new_display_id():
    return uuid.uuid4().hex


def _display_as(mime):
    def display_form(*objs, raw=False, metadata=None, **kwargs):
        for obj in objs:
            display({mime: obj} if raw else obj, raw=raw, include=None if raw else [mime, "text/plain"], metadata=metadata)

    return display_form


display_html, display_markdown = _display_as("text/html"), _display_as("text/markdown")
display_latex, display_svg = _display_as("text/latex"), _display_as("image/svg+xml")
display_png, display_jpeg = _display_as("image/png"), _display_as("image/jpeg")
display_json, display_javascript = _display_as("application/json"), _display_as("application/javascript")
display_pretty = _display_as("text/plain")
