namespace CrmSync.Leads.Texts;

/// <summary>
/// How one kind of act is spoken of. <paramref name="Done"/>: "attended webinar"; <paramref name="Titled"/>: "attended the webinar {0}";
/// <paramref name="Once"/>: "attended a webinar"; <paramref name="Noun"/>: "webinar"; <paramref name="ToDo"/>: "webinar attended", after a
/// number; <paramref name="Definite"/>: "the webinar". <paramref name="Place"/>: how <c>Done</c> reads where the title is a place.
/// </summary>
internal sealed record ActWords(string Done, string Titled, string Once, string Noun, string ToDo, string Definite, string? Place = null);
