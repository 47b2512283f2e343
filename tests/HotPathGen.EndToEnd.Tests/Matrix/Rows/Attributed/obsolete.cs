// attribute: Warned=1:pair Refused=1:pair #ctor=1:pair get_P=1:pair op_Addition=1:pair G=1:pair
using System.Reflection;

namespace Rows.Attributed.obsolete;

public interface IG { [Obsolete] string G(); }

public sealed class Sample : IG
{
    [Instrument, Obsolete] public static string Warned() => "warned";
    [Instrument, Obsolete("never", error: true, DiagnosticId = "OLD1", UrlFormat = "https://example.invalid/{0}")] public static string Refused() => "refused";
    [Instrument, Obsolete("later")] public Sample() { _ = string.Concat("a", "b"); }
    [Instrument, Obsolete("later")] public string P { get { return string.Concat("p", "q"); } }
    [Instrument, Obsolete] public static Sample operator +(Sample left, int right) => Math.Max(1, right) > 0 ? left : left;
    [Instrument, Obsolete] string IG.G() => "g";

    public static string Run()
    {
#pragma warning disable CS0612, CS0618
        var sample = new Sample() + 1;
        return $"{Warned()} {typeof(Sample).GetMethod("Refused")!.Invoke(null, null)} {sample.P} {((IG)sample).G()} {typeof(Sample).GetMethod("Refused")!.GetCustomAttribute<ObsoleteAttribute>()!.Message}";
    }
}
