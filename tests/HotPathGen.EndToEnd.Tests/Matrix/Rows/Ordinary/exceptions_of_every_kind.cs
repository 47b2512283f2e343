// attribute: Throws=5!5:pair Filters=5:pair Rethrows=1!1:pair Cleans=2!1:pair Overflows=1!1:pair
using System.Text;

namespace Rows.Ordinary.exceptions_of_every_kind;

public static class Sample
{
    static readonly StringBuilder s_log = new();

    [Instrument]
    static int Throws(int kind) => kind switch
    {
        0 => throw new ArgumentNullException(nameof(kind), "zero"),
        1 => int.Parse("no number"),
        2 => ((string)null!).Length,
        3 => Array.Empty<int>()[kind],
        _ => 1 / (kind - kind),
    };

    [Instrument]
    static string Filters(int kind)
    {
        try
        {
            return Throws(kind).ToString();
        }
        catch (ArgumentException exception) when (Log("filter") && exception.ParamName == "kind")
        {
            return exception.Message;
        }
        catch (Exception exception)
        {
            return exception.GetType().Name;
        }
        finally
        {
            Log("finally");
        }
    }

    [Instrument]
    static void Rethrows()
    {
        try
        {
            Cleans(fail: true);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException("outer", exception);
        }
    }

    [Instrument] static void Cleans(bool fail) { try { if (fail) throw new TimeoutException("inner") { Data = { ["key"] = 1 } }; } finally { Log("clean"); } }

    [Instrument] static int Overflows(int x) => checked(x + 1);

    static bool Log(string text) { s_log.Append(text).Append(' '); return true; }

    public static string Run()
    {
        string all = string.Join("; ", Enumerable.Range(0, 5).Select(Filters));
        try { Rethrows(); } catch (InvalidOperationException exception) { all += $"; {exception.Message} {exception.InnerException!.Message} {exception.InnerException.Data["key"]}"; }
        Cleans(fail: false);
        try { Overflows(int.MaxValue); } catch (OverflowException) { all += "; over"; }
        return $"{all} {s_log}";
    }
}
