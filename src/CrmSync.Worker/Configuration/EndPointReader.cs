using System.Globalization;
using System.Net;
using Microsoft.Extensions.Configuration;

namespace CrmSync.Worker.Configuration;

/// <summary>Reads where the two listeners listen.</summary>
internal static class EndPointReader
{
    public static (IPEndPoint Webhooks, IPEndPoint Admin) Read(IConfiguration configuration, List<SettingProblem> problems)
    {
        var usual = new RootOptions();
        var webhooks = Read(configuration.GetSection(nameof(usual.Webhooks)), usual.Webhooks, problems);
        var admin = Read(configuration.GetSection(nameof(usual.Admin)), usual.Admin, problems);
        // They are told apart by their ports: with one port the world could ask what is for this machine.
        if (webhooks.Port == admin.Port && admin.Port != 0)
            problems.Add(new("Admin:Port", "It is the port of Webhooks.", "Give each listener a port of its own."));
        return (webhooks, admin);
    }

    private static IPEndPoint Read(IConfigurationSection section, EndPointOptions usual, List<SettingProblem> problems)
    {
        SettingNames.Check(section, typeof(EndPointOptions), problems);
        var (address, port) = (IPAddress.Parse(usual.Address), usual.Port);
        if (section[nameof(usual.Address)] is { } text && !IPAddress.TryParse(text, out address!))
        {
            problems.Add(new($"{section.Path}:Address", "It is no IP address.", "Use an address such as 127.0.0.1, or 0.0.0.0 for all."));
            address = IPAddress.Parse(usual.Address);
        }
        if (section[nameof(usual.Port)] is { } number && !(int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= 65535))
        {
            problems.Add(new($"{section.Path}:Port", "It is no port.", "Use a number from 0 (any free port) to 65535."));
            port = usual.Port;
        }
        return new(address, port);
    }
}
