using System.CommandLine;

namespace CrmSync.Worker.Commands.Figures;

/// <summary><c>--language da|en</c>.</summary>
internal static class LanguageOption
{
    public static Option<string> Create()
    {
        var option = new Option<string>("--language") { Description = "da or en.", DefaultValueFactory = _ => "en" };
        option.AcceptOnlyFromAmong("da", "en");
        return option;
    }
}
