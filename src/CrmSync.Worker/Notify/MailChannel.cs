using CrmSync.Worker.Configuration;
using MimeKit;

namespace CrmSync.Worker.Notify;

/// <summary>Sends a plain letter, under a Message-Id that is the same at every try.</summary>
internal sealed class MailChannel(SmtpSettings settings) : INotifyChannel
{
    public string Name => "smtp";

    public async Task SendAsync(BreachMessage message, CancellationToken cancellationToken)
    {
        using var letter = Letter(message);
        await new MailServer(settings, "Notify:Smtp").SendAsync(letter, cancellationToken);
    }

    private MimeMessage Letter(BreachMessage message)
    {
        var letter = new MimeMessage { Subject = message.Title, Body = new TextPart("plain") { Text = message.Text } };
        var from = MailboxAddress.Parse(settings.From);
        letter.MessageId = MailboxAddress.EncodeAddrspec($"{message.Id}@{from.Domain}");
        letter.From.Add(from);
        letter.To.AddRange(settings.To.Select(MailboxAddress.Parse));
        return letter;
    }
}
