"""Name the frames of IPython that replace the offline model's functions for formatting values in a traceback."""

_OWN_METHODS = {"_repr_mimebundle_": "format_bundle", "_ipython_display_": "display_itself"}
_CONTAINERS = {"print_sequence": "print_sequence", "print_set": "print_set", "_print_dict": "print_value"}


def replacement_frames(code, following):
    """Return the names of the frames of IPython that replace a frame of the offline model. Most frames have none.

    :param following: the code that the frame called, or None for the innermost frame
    """
    called = "" if following is None else following.co_name
    match code.co_name:
        case "_guard" if called == "pretty":
            return ["format_text"]
        case "_guard":
            return [] if called == "<lambda>" else [_OWN_METHODS.get(called, "format_method")]
        case "<lambda>" if called == "_ipython_display_":
            return ["display_itself"]
        case "pretty" if called == "print_repr":
            return ["pretty_repr"]
        case "pretty" if called == "_repr_pretty_":
            return ["pretty_method"]
        case "pretty" if called in _CONTAINERS:
            return ["pretty_registered"]
        case "print_repr":
            return ["print_repr"]
        case name if name in _CONTAINERS and called == "pretty":
            return [_CONTAINERS[name]]
    return []
