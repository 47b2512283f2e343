// attribute: F=1:pair get_P=1:pair

namespace Rows.Types.partial_over_several_files;

public static partial class Outer
{
    [Instrument]
    public partial class Sample
    {
        public static string F() => "first part, " + G();
        public string P { get { return string.Concat("P", _text); } }
    }
}

public static class Sample { public static string Run() => $"{Outer.Sample.F()} {new Outer.Sample().P} {new Outer.Sample().H<int>()}"; }
