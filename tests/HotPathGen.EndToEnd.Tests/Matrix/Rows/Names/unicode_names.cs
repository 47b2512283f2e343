// attribute: größe=1:pair

namespace Rows.Names.unicode_names;

public static class Sample { [Instrument] static int größe(int \u0061b, int ı) => ab + ı; public static string Run() => größe(1, 2).ToString(); }
