// attribute: set_P=1:in-place set_Q=1:in-place

namespace Rows.InPlace.init_field_keyword_required;

public class Sample
{
    public required string P { get; [Instrument] init => field = value + "!"; }
    public int Q { get; [Instrument] set { field = value * 2; } }
    public static string Run() { var s = new Sample { P = "a" }; s.Q = 2; return s.P + s.Q; }
}
