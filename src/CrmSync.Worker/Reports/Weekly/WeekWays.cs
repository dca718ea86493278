using System.Text;
using CrmSync.Worker.Configuration;
using CrmSync.Worker.Notify;
using MimeKit;

namespace CrmSync.Worker.Reports.Weekly;

/// <summary>One way for the page of the week.</summary>
internal interface IWeekWay
{
    /// <summary>Under which it is remembered that a week's page went out.</summary>
    string Name { get; }

    /// <exception cref="NotifyException">It did not get there, or nobody knows.</exception>
    Task SendAsync(WeekReport report, string page, CancellationToken cancellationToken);
}

/// <summary>Into a folder: one file a week, whole or not at all.</summary>
internal sealed class WeekFolder(string folder) : IWeekWay
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public string Name => "folder";

    public async Task SendAsync(WeekReport report, string page, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var draft = Path.Combine(folder, $".{report.FileName}.new");
            await File.WriteAllTextAsync(draft, page, Utf8, cancellationToken);
            File.Move(draft, Path.Combine(folder, report.FileName), overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new NotifyException($"The folder cannot be written ({failure.GetType().Name}).", "Check WeeklyReport:Folder, who may write there, and the room on its disk.", failure);
        }
    }
}

/// <summary>By mail: the numbers in the letter, the page attached, under a Message-Id that is the same at every try.</summary>
internal sealed class WeekMail(SmtpSettings settings, Func<string> storeId, string language) : IWeekWay
{
    public string Name => "smtp";

    public async Task SendAsync(WeekReport report, string page, CancellationToken cancellationToken)
    {
        var from = MailboxAddress.Parse(settings.From);
        var text = new WeekLetter(report, language);
        var body = new BodyBuilder { TextBody = text.Write() };
        body.Attachments.Add(report.FileName, Encoding.UTF8.GetBytes(page), new ContentType("text", "html") { Charset = "utf-8" });
        using var letter = new MimeMessage { Subject = text.Subject, Body = body.ToMessageBody() };
        letter.MessageId = MailboxAddress.EncodeAddrspec($"{storeId()}-week-{report.Name}@{from.Domain}");
        letter.From.Add(from);
        letter.To.AddRange(settings.To.Select(MailboxAddress.Parse));
        await new MailServer(settings, "WeeklyReport:Smtp").SendAsync(letter, cancellationToken);
    }
}
