#!/usr/bin/env bash
# mpirun.sh -n N PROGRAM [ARGUMENT...]: mpirun with settings that let it run anywhere, on one machine.
#
# OpenMPI refuses to run as root and to start more processes than there are cores unless told so
# (containers and CI machines want both); processes talk through shared memory only, without looking
# for networks; what they print comes out as it is. Exit 77: this machine has no mpirun.
set -euo pipefail

if ! command -v mpirun >/dev/null; then
    echo "mpirun.sh: there is no mpirun; Debian has it in openmpi-bin" >&2
    exit 77
fi
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
# Without these, the processes look for networks, remote shells and memory tricks that a container
# does not allow, and warn about each.
export OMPI_MCA_btl=self,vader OMPI_MCA_btl_vader_single_copy_mechanism=none
export OMPI_MCA_pml=ob1 OMPI_MCA_plm=isolated OMPI_MCA_rmaps_base_oversubscribe=1
export OMPI_MCA_hwloc_base_binding_policy=none OMPI_MCA_mpi_yield_when_idle=1
exec mpirun --oversubscribe "$@"
