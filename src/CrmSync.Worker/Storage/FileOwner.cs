using System.Globalization;
using System.Runtime.InteropServices;

namespace CrmSync.Worker.Storage;

/// <summary>Whom a file or directory belongs to, which the base library does not tell.</summary>
internal static class FileOwner
{
    private const int FromHere = -100;
    private const uint WantsUser = 8;
    private const int UserAt = 20;
    private const int StatusBytes = 256;

    /// <summary>The user's number; null where there is no such file, where it may not be looked at, and on systems other than Linux.</summary>
    public static uint? Of(string path)
    {
        // This call's record is laid out alike on every processor.
        var status = new byte[StatusBytes];
        try
        {
            return OperatingSystem.IsLinux() && Status(FromHere, path, 0, WantsUser, status) == 0 ? BitConverter.ToUInt32(status, UserAt) : null;
        }
        catch (EntryPointNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The user's name where this machine knows it, else the number in the form that <c>sudo -u</c> takes.</summary>
    public static string NameOf(uint user)
    {
        var number = user.ToString(CultureInfo.InvariantCulture);
        try
        {
            var entry = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).FirstOrDefault(fields => fields.Length > 2 && fields[2] == number);
            return entry?[0] ?? $"#{number}";
        }
        catch (Exception unread) when (unread is IOException or UnauthorizedAccessException)
        {
            return $"#{number}";
        }
    }

    [DllImport("libc", EntryPoint = "statx")]
    private static extern int Status(int directory, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, [Out] byte[] status);
}
