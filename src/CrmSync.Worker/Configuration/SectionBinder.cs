using Microsoft.Extensions.Configuration;

namespace CrmSync.Worker.Configuration;

/// <summary>Binds a section to its options. What cannot be read is told and left at its default, so that the rest is judged all the same.</summary>
internal static class SectionBinder
{
    public static T Bind<T>(IConfigurationSection section, List<SettingProblem> problems) where T : class, new()
    {
        SettingNames.Check(section, typeof(T), problems);
        var unreadable = SettingNames.Unreadable(section, typeof(T)).ToList();
        problems.AddRange(unreadable.Where(u => !IsTold(u.Setting, problems)));
        try
        {
            return unreadable.Count == 0 ? section.Get<T>() ?? new() : Without(section, unreadable).Get<T>() ?? new();
        }
        catch (InvalidOperationException)
        {
            // The binder's own message quotes the value, which may be a secret in the wrong place.
            if (!IsTold(section.Path, problems))
                problems.Add(new(section.Path, "A value in it cannot be read.", "Compare its values with the README's table of settings."));
            return new();
        }
    }

    private static bool IsTold(string setting, List<SettingProblem> problems) => problems.Exists(p =>
        p.Setting.Equals(setting, StringComparison.OrdinalIgnoreCase) || p.Setting.StartsWith($"{setting}:", StringComparison.OrdinalIgnoreCase));

    private static IConfigurationRoot Without(IConfigurationSection section, List<SettingProblem> unreadable)
    {
        var left = section.AsEnumerable(makePathsRelative: true)
            .Where(pair => pair.Key.Length > 0 && !unreadable.Exists(u => u.Setting.Equals($"{section.Path}:{pair.Key}", StringComparison.OrdinalIgnoreCase)));
        return new ConfigurationBuilder().AddInMemoryCollection(left).Build();
    }
}
