using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace CrmSync.Worker.Configuration;

/// <summary><c>WeeklyReport</c>: where the page of the week goes, every Monday.</summary>
public sealed class ReportOptions
{
    [Description("A folder into which the page of each week is written; it is made if it is not there.")]
    public string? Folder { get; set; }

    [Description("A mail server and a letter's two ends: the page goes out as an attachment.")]
    public SmtpOptions Smtp { get; set; } = new();

    [AllowedValues("en", "da")]
    [Description("The page's language: en or da.")]
    public string Language { get; set; } = "en";

    [Description("Local time of day on Monday, such as 06:00.")]
    public TimeSpan At { get; set; } = TimeSpan.FromHours(6);
}

/// <summary>Where the page of the week goes, checked. With neither way it goes nowhere, and its figures are remembered all the same.</summary>
/// <param name="At">Local time of day on Monday.</param>
public sealed record ReportSettings(string? Folder, SmtpSettings? Smtp, string Language, TimeOnly At)
{
    public static ReportSettings Usual { get; } = new(null, null, "en", new(6, 0));
}
