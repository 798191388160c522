/**
 * The names of IPython's magics (`%lsmagic` of IPython 8.12 in a terminal).
 *
 * @module
 */

/** The names of line magics, without `%`. */
export const LINE_MAGICS: readonly string[] = words(
  "alias alias_magic autoawait autocall autoindent automagic bookmark cat cd clear colors conda config cp " +
    "cpaste debug dhist dirs doctest_mode ed edit env gui hist history killbgscripts ldir less lf lk ll load " +
    "load_ext loadpy logoff logon logstart logstate logstop ls lsmagic lx macro magic man matplotlib mkdir more " +
    "mv notebook page paste pastebin pdb pdef pdoc pfile pinfo pinfo2 pip popd pprint precision prun psearch " +
    "psource pushd pwd pycat pylab quickref recall rehashx reload_ext rep rerun reset reset_selective rm rmdir " +
    "run save sc set_env sx system tb time timeit unalias unload_ext who who_ls whos xdel xmode",
);

/** The names of cell magics, without `%%`. */
export const CELL_MAGICS: readonly string[] = words(
  "HTML SVG bash capture debug file html javascript js latex markdown perl prun pypy python python2 python3 " +
    "ruby script sh svg sx system time timeit writefile",
);

function words(list: string): readonly string[] {
  return list.split(" ");
}
