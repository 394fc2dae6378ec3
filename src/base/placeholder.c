typedef int zhol_placeholder;
