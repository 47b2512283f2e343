// attribute: A=1:pair B=1:pair C=1:pair

namespace Rows.Names.qualified_and_suffixed_attribute;

public static class Sample
{
    [HotPathGen.Instrument] static int A() => 1;
    [global::HotPathGen.InstrumentAttribute()] static int B() => 2;
    [InstrumentAttribute, Obsolete] static int C() => 3;
#pragma warning disable CS0612
    public static string Run() => $"{A()}{B()}{C()}";
#pragma warning restore CS0612
}
