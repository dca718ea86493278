using System.Text.Json;
using CrmSync.Adapters.HubSpot;
using CrmSync.Tests.Storage;
using CrmSync.Worker.Commands;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Storage.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Tests.Commands;

/// <summary>The command line with a data directory and a settings file of its own; everything it prints is kept.</summary>
internal sealed class CommandBench : IDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 1, 5, 7, 0, 0, TimeSpan.Zero);
    private readonly ScratchDirectory _directory = new();
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

    public CommandBench(string settings = "{}") => System.IO.File.WriteAllText(Config, settings);

    public string Out => _out.ToString();
    public string Error => _error.ToString();
    public ScratchDirectory Directory => _directory;

    /// <summary>Lines that somebody types at a terminal, or null: nobody sits there.</summary>
    public string? Typed { get; init; }
    public JsonElement Json => JsonDocument.Parse(Out).RootElement;
    private string Config => _directory.File("settings.json");

    public Task<int> RunAsync(params string[] args) => BareAsync([.. args, "--config", Config, "--data", _directory.Name]);

    /// <summary>Without settings and data.</summary>
    public async Task<int> BareAsync(params string[] args)
    {
        var world = new CommandWorld(_out, _error, new FakeTimeProvider(Now), Logs, services => services.AddHubSpot())
        {
            In = new StringReader(Typed ?? ""), IsInteractive = Typed is not null,
        };
        return await CommandRoot.RunAsync(world, args, TestContext.Current.CancellationToken);
    }

    public async Task<SqliteStore> OpenStoreAsync() => await SqliteStore.OpenAsync(_directory.Name, TestContext.Current.CancellationToken);

    public async Task<CommandBench> WithEmptyStoreAsync()
    {
        await using var store = await OpenStoreAsync();
        return this;
    }

    public void Dispose() => _directory.Dispose();

    private ILoggerFactory Logs(LogTarget target) => LoggerFactory.Create(logging => logging.AddProvider(new Lines(target == LogTarget.StandardOutput ? _out : _error)));

    private sealed class Lines(TextWriter to) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (to)
                to.WriteLine($"{formatter(state, exception)} {exception}");
        }

        public void Dispose()
        {
        }
    }
}
