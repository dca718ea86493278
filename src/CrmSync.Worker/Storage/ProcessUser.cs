using System.Globalization;
using System.Runtime.InteropServices;

namespace CrmSync.Worker.Storage;

/// <summary>Who runs this process, as <c>chown</c> wants it: a container's user has no name on its host.</summary>
internal static class ProcessUser
{
    public static string Id => Number?.ToString(CultureInfo.InvariantCulture) ?? Environment.UserName;

    /// <summary>Null on a system whose users have no numbers.</summary>
    public static uint? Number => OperatingSystem.IsWindows() ? null : EffectiveUser();

    [DllImport("libc", EntryPoint = "geteuid")]
    private static extern uint EffectiveUser();
}
