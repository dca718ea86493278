using Microsoft.Extensions.Configuration;

namespace CrmSync.Worker.Configuration;

/// <summary>Reads <c>WeeklyReport</c>.</summary>
internal static class ReportReader
{
    public static ReportSettings Read(IConfigurationSection section, List<SettingProblem> problems)
    {
        if (!section.Exists())
            return ReportSettings.Usual;
        var (options, at) = (SectionBinder.Bind<ReportOptions>(section, problems), section.Path);
        var smtp = string.IsNullOrEmpty(options.Smtp.Host) ? null : NotifyReader.Smtp($"{at}:Smtp", options.Smtp, problems);
        if (options.Language is not ("en" or "da"))
            problems.Add(new($"{at}:Language", "It is none of the languages.", "Use en or da."));
        var isTimeOfDay = options.At >= TimeSpan.Zero && options.At < TimeSpan.FromDays(1);
        if (!isTimeOfDay && !problems.Exists(p => p.Setting.Equals($"{at}:At", StringComparison.OrdinalIgnoreCase)))
            problems.Add(new($"{at}:At", "It is no time of day.", "Write hours and minutes, such as 06:00."));
        if (options.Folder is { Length: > 0 } folder && File.Exists(folder))
            problems.Add(new($"{at}:Folder", "It is a file.", "Name a folder."));
        return new(
            options.Folder is { Length: > 0 } ? Path.GetFullPath(options.Folder) : null, smtp, options.Language, isTimeOfDay ? TimeOnly.FromTimeSpan(options.At) : ReportSettings.Usual.At);
    }
}
