using System.Globalization;
using System.Runtime.InteropServices;

namespace CrmSync.Worker.Storage;

/// <summary>Who runs this process, as <c>chown</c> wants it: a container's user has no name on its host.</summary>
internal static class ProcessUser
{
    public static string Id => OperatingSystem.IsWindows() ? Environment.UserName : EffectiveUser().ToString(CultureInfo.InvariantCulture);

    [DllImport("libc", EntryPoint = "geteuid")]
    private static extern uint EffectiveUser();
}
